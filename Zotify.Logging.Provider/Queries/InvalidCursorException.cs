namespace Zotify.Logging.Queries;

/// <summary>A cursor or position was not made by the query it was given to.</summary>
/// <param name="parameter">The parameter that held it: <c>cursor</c>, <c>after</c> or <c>before</c>.</param>
public sealed class InvalidCursorException(string parameter)
    : ArgumentException("Not a position that an answer of this API gave; leave it out to start from the beginning.", parameter);
