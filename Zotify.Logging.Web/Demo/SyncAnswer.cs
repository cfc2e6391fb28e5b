namespace Zotify.Logging.Web.Demo;

/// <summary>A requested sync.</summary>
/// <param name="JobId">The id of its job, whose log shows the progress.</param>
internal sealed record SyncAnswer(string JobId);
