namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>The parameter <c>sources</c> of requests to the system log.</summary>
internal static class SourcesParameter
{
    private const string Name = "sources";
    private const string All = "all";
    private const string Own = "own";

    /// <summary>Describes it.</summary>
    public static QueryParameter Description { get; } = QueryParameter.OneOf(
        Name,
        "`all` (default): the logs of this program and of its `Zotify:Sources`; `own`: this program's own. Instances ask each other for "
        + "their own, with a heartbeat every second.",
        [All, Own]);

    /// <summary>Whether only the own log is wanted.</summary>
    public static bool IsOwn(QueryReader reader) => reader.OneOf(Name, All, Own) == Own;
}
