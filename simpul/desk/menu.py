"""What surrounds every page of the desk."""


def surroundings(request):
    return {}
