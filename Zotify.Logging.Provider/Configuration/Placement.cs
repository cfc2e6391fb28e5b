using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Zotify.Logging.Configuration;

/// <summary>The directory and the name of this process, from the options and its host, if it has one.</summary>
internal sealed class Placement(OptionsSource options, IHostEnvironment? environment)
{
    /// <summary>The directory that relative paths are relative to.</summary>
    public string ContentRoot { get; } = environment?.ContentRootPath ?? Environment.CurrentDirectory;

    /// <summary>The absolute log directory.</summary>
    public string Directory => Path.GetFullPath(Path.Combine(ContentRoot, options.Started.Directory));

    /// <summary>The name of this writer, at most 64 characters.</summary>
    public string Instance => options.Started.Instance ?? Default();

    private string Default() => DefaultInstance.Of(
        Environment.MachineName, environment?.ApplicationName ?? Assembly.GetEntryAssembly()?.GetName().Name ?? "app");
}
