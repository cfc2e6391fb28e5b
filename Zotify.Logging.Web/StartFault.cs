using Microsoft.Extensions.Options;
using Zotify.Logging.Provider.Journal;
using Zotify.Logging.Web.Security;

namespace Zotify.Logging.Web;

/// <summary>Says in one message what keeps the program from starting, where that is the operator's to mend.</summary>
internal static class StartFault
{
    /// <summary>The message; <see langword="null"/> for a fault of the program, whose stack is wanted.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures.Prepend("The configuration is not valid:")),
        LogDirectoryException or AccessNotConfiguredException => exception.Message,
        // Kestrel's, when an address is taken: its message names the address.
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => exception.Message,
        _ => null,
    };
}
