using System.ComponentModel.DataAnnotations;

namespace Zotify.Logging.Web.Demo;

/// <summary>The sample work, under <c>Zotify:Demo</c>.</summary>
internal sealed class DemoOptions
{
    /// <summary>Whether the sample work is available; <see langword="null"/> means in Development only.</summary>
    public bool? Enabled { get; set; }

    /// <summary>The folder whose files are the tracks; by default the running .NET runtime's.</summary>
    [Required]
    public string Source { get; set; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>The folder for copies of the tracks, relative to the content root.</summary>
    [Required]
    public string Cache { get; set; } = "data/cache";

    /// <summary>Whether the sample work is available in an environment.</summary>
    public bool IsEnabledIn(IHostEnvironment environment) => Enabled ?? environment.IsDevelopment();
}
