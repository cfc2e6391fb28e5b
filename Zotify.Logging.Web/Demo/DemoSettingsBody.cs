namespace Zotify.Logging.Web.Demo;

/// <summary>The settings of the sample work.</summary>
/// <param name="PauseMs">The pause after each track, in milliseconds.</param>
internal sealed record DemoSettingsBody(int? PauseMs);
