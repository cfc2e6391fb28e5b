namespace Zotify.Logging.Queries;

/// <summary>A cursor was not made by the kind of query that it was handed to.</summary>
/// <param name="property">The query's property that held it: <c>Cursor</c>, <c>After</c> or <c>Before</c>.</param>
public sealed class InvalidCursorException(string property)
    : ArgumentException("Not a cursor that an answer of this API gave; leave it out to start from the beginning.", property);
