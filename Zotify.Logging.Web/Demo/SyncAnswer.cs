namespace Zotify.Logging.Web.Demo;

/// <summary>A sync that was asked for.</summary>
/// <param name="JobId">Its job, which its log is read by.</param>
internal sealed record SyncAnswer(string JobId);
