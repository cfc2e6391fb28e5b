using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Zotify.Logging.Web.Startup;

/// <summary>Explains in one message why the program cannot start, where the operator can fix it.</summary>
internal static class StartupErrors
{
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    /// <summary>How long a stderr that nobody reads may delay the end of the program.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Writes the message to stderr, if somebody reads that.</summary>
    public static async Task WriteAsync(string message)
    {
        try
        {
            // On another thread, because the console's asynchronous write blocks as well.
            await Task.Run(() => Console.Error.WriteLine(message)).WaitAsync(Timeout, TimeProvider.System);
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            // Nobody reads it. The exit code still says that the start failed.
        }
    }

    /// <summary>The message; <see langword="null"/> for a bug in the program, whose stack trace is needed.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures.Prepend("The configuration is not valid:")),
        LogDirectoryException or InvalidSettingException => exception.Message,
        // The message names the address.
        IOException { InnerException: AddressInUseException } => exception.Message,
        SocketException => $"{ListenAddresses.Keys}: an address cannot be listened on: {exception.Message}.",
        // The server and the binder have no exception types for this; their messages name the address or the key.
        InvalidOperationException { Source: { } source } when source.StartsWith(Kestrel, StringComparison.Ordinal) =>
            $"{ListenAddresses.Keys}: {exception.Message}",
        InvalidOperationException { Source: Binder } => $"The configuration is not valid: {exception.Message}",
        _ => null,
    };
}
