using System.ComponentModel.DataAnnotations;

namespace Zotify.Logging.Web.Demo;

/// <summary>The sample work, under <c>Zotify:Demo</c>.</summary>
internal sealed class DemoOptions
{
    /// <summary>Whether the sample work is there; <see langword="null"/> means in Development alone.</summary>
    public bool? Enabled { get; set; }

    /// <summary>The folder whose files are the tracks; by default the running .NET runtime's.</summary>
    [Required]
    public string Source { get; set; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>Where the tracks are kept, relative to the content root.</summary>
    [Required]
    public string Cache { get; set; } = "data/cache";

    /// <summary>Whether the sample work is there in an environment.</summary>
    public bool IsEnabledIn(IHostEnvironment environment) => Enabled ?? environment.IsDevelopment();
}
