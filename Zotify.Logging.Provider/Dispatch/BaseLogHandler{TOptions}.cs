using System.Diagnostics.CodeAnalysis;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Handlers;

/// <summary>
/// The base of handlers with options of their own, bound from <c>Logging:Zotify:Handlers:&lt;name&gt;</c> together with the common ones.
/// </summary>
/// <typeparam name="TOptions">The options; validated by their data annotations at start and at every change.</typeparam>
public abstract class BaseLogHandler<[DynamicallyAccessedMembers(OptionTypes.Kept)] TOptions> : BaseLogHandler
    where TOptions : LogHandlerOptions, new()
{
    /// <summary>The current options. They change at run time.</summary>
    /// <exception cref="InvalidOperationException">Read in the constructor: the handler is attached only after it.</exception>
    public new TOptions Options => (TOptions)base.Options;
}
