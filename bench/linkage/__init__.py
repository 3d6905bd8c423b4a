"""Record linkage: our matcher and its peers on the same registers, judged by the same truth."""


def run(arguments):
    from bench.linkage.table import run as table

    return table(arguments)
