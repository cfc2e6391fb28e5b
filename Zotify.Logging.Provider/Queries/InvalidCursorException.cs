namespace Zotify.Logging.Queries;

/// <summary>Thrown where a cursor was made by another kind of query than the one that it was handed to.</summary>
/// <param name="property">The property of the query: <c>Cursor</c>, <c>After</c> or <c>Before</c>.</param>
public sealed class InvalidCursorException(string property)
    : ArgumentException("Not a cursor that an answer of this API gave; leave it out to start from the beginning.", property);
