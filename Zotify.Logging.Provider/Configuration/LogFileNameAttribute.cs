using System.ComponentModel.DataAnnotations;

namespace Zotify.Logging.Configuration;

/// <summary>Requires a file inside the log directory: a relative path that does not leave it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LogFileNameAttribute : ValidationAttribute
{
    /// <summary>The kind of the file.</summary>
    public LogFileKind Kind { get; set; }

    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is string path
        && !string.IsNullOrWhiteSpace(path)
        && !Path.IsPathRooted(path)
        // Both separators count, so that a configuration means the same on every system.
        && path.Split('/', '\\').All(part => part is not ("" or "." or ".."))
        && path.IndexOfAny(Path.GetInvalidPathChars()) < 0;

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) =>
        ErrorMessage ?? "a file name, or a path below the log directory, is expected; use Logging:Zotify:Directory to log elsewhere";
}
