"""Record linkage: our matcher and its peers on the same registers, judged by the same truth."""


def run(arguments):
    from bench.linkage.whole import run as whole

    return whole(arguments)
