using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Zotify.Logging.Database;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>Validates everything at once, so that one start shows every error, each with its key's full path.</summary>
/// <param name="engines">The engines that packages added.</param>
/// <param name="environment">The host, whose content root relative paths are relative to, if there is one.</param>
internal sealed class ZotifyLoggingOptionsValidator(IEnumerable<IDatabaseEngineFactory> engines, IHostEnvironment? environment = null)
    : IValidateOptions<ZotifyLoggingOptions>
{
    /// <summary>A record's selected handlers are the bits of one 64-bit number.</summary>
    private const int MaxHandlers = 64;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ZotifyLoggingOptions options)
    {
        var errors = Annotated(options, typeof(ZotifyLoggingOptions), "")
            .Concat(Annotated(options.Database, typeof(DatabaseOptions), "Database"))
            .Concat(OfDatabase(options.Database)).ToList();
        foreach (var (handler, handlerOptions) in options.Handlers)
        {
            var path = $"{ConfigurationKeys.Handlers}:{handler}";
            errors.AddRange(Annotated(handlerOptions, handlerOptions.GetType(), path));
            if (handlerOptions is FileStreamHandlerOptions { Ring: { } ring })
                errors.AddRange(Annotated(ring, typeof(RingOptions), $"{path}:{nameof(FileStreamHandlerOptions.Ring)}"));
            if (handlerOptions is DatabaseJobLogHandlerOptions jobs) errors.AddRange(OfJobTypes(jobs, path));
            errors.AddRange(OfEventTypes(handlerOptions.EventTypes, $"{path}:{nameof(LogHandlerOptions.EventTypes)}"));
            errors.AddRange(OfEventTypes(handlerOptions.ExcludeEventTypes, $"{path}:{nameof(LogHandlerOptions.ExcludeEventTypes)}"));
        }

        errors.AddRange(FileCollisions.Of(options, environment?.ContentRootPath ?? Environment.CurrentDirectory));

        if (options.Handlers.Count > MaxHandlers)
        {
            errors.Add($"{ConfigurationKeys.Full(ConfigurationKeys.Handlers)}: "
                + $"{options.Handlers.Count} handlers are registered; at most {MaxHandlers} can be");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Annotated(
        object options, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type, string path)
    {
        foreach (var result in Annotations.ErrorsOf(options, type))
        {
            var member = result.MemberNames.FirstOrDefault() ?? "";
            var value = type.GetProperty(member)?.GetValue(options);
            var key = string.Join(':', new[] { path, member }.Where(part => part.Length > 0));
            yield return $"{ConfigurationKeys.Full(key)}: '{value}': {result.ErrorMessage}";
        }
    }

    private static IEnumerable<string> OfEventTypes(IList<string> eventTypes, string path)
    {
        for (var i = 0; i < eventTypes.Count; i++)
        {
            string? error = null;
            try
            {
                _ = new EventTypeFilter([eventTypes[i]]);
            }
            catch (FormatException exception)
            {
                error = $"{ConfigurationKeys.Full(path)}:{i}: {exception.Message}; use a name (user.login), "
                    + "a name with * at its end (user.*), an id (1001) or a range of ids (1000-1999)";
            }

            if (error is not null) yield return error;
        }
    }

    private static IEnumerable<string> OfJobTypes(DatabaseJobLogHandlerOptions options, string path) =>
        JobTypeCheck.Find(options).Select(error => $"{ConfigurationKeys.Full($"{path}:{error.Key}")}: {error.Message}");

    private IEnumerable<string> OfDatabase(DatabaseOptions options) =>
        DatabaseCheck.Find(options, engines).Select(error => $"{ConfigurationKeys.Full($"Database:{error.Key}")}: {error.Message}");
}
