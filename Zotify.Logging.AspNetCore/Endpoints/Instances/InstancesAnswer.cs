namespace Zotify.Logging.AspNetCore.Endpoints.Instances;

/// <summary>The processes that write logs to the database.</summary>
/// <param name="Items">The instances, in the order of their names. Without a database: the one that answers.</param>
internal sealed record InstancesAnswer(IReadOnlyList<InstanceAnswer> Items);
