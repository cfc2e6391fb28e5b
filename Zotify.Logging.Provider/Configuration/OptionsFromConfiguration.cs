using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Configuration;
using Microsoft.Extensions.Options;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>Makes the handlers' options with their defaults, and binds <c>Logging:Zotify</c> to everything. Code is applied after it.</summary>
internal sealed class OptionsFromConfiguration(
    ProviderSection provider, IEnumerable<RegisteredOptions> registrations)
    : IConfigureOptions<ZotifyLoggingOptions>
{
    /// <inheritdoc/>
    /// <exception cref="OptionsValidationException">Keys or values that cannot be bound; every one is named with its full path.</exception>
    public void Configure(ZotifyLoggingOptions options)
    {
        var root = provider.Configuration;
        var handlers = registrations.ToDictionary(r => r.Name, r => r.Create(), StringComparer.OrdinalIgnoreCase);
        var faults = ConfigurationCheck.Find(root, typeof(ZotifyLoggingOptions), "", ConfigurationKeys.Handlers, ConfigurationKeys.LogLevel)
            .Concat(ConfigurationCheck.FindInLevels(root.GetSection(ConfigurationKeys.LogLevel), ConfigurationKeys.LogLevel))
            .Concat(root.GetSection(ConfigurationKeys.Handlers).GetChildren().SelectMany(section => FindIn(section, handlers)))
            .ToArray();
        if (faults.Length > 0) throw new OptionsValidationException(Options.DefaultName, typeof(ZotifyLoggingOptions), faults);

        root.Bind(options);
        foreach (var section in root.GetSection(ConfigurationKeys.Handlers).GetChildren())
        {
            var handler = handlers[section.Key];
            ClearConfiguredLists(section, handler);
            section.Bind(handler);
        }

        options.Handlers = handlers;
    }

    private static IEnumerable<string> FindIn(IConfigurationSection section, Dictionary<string, LogHandlerOptions> handlers) =>
        handlers.TryGetValue(section.Key, out var options)
            ? ConfigurationCheck.Find(section, options.GetType(), $"{ConfigurationKeys.Handlers}:{section.Key}")
            : [$"{ConfigurationKeys.Full(ConfigurationKeys.Handlers)}:{section.Key}: no handler of this name is registered; "
                + $"registered are {string.Join(", ", handlers.Keys)}; add it with AddHandler<THandler>(\"{section.Key}\")"];

    /// <summary>The binder appends to a list that has defaults; a handler's configured list replaces them.</summary>
    private static void ClearConfiguredLists(IConfigurationSection section, LogHandlerOptions handler)
    {
        foreach (var property in handler.GetType().GetProperties())
        {
            if (property.GetValue(handler) is not IList list || !section.GetSection(property.Name).Exists()) continue;
            if (list is Array array && property.CanWrite) property.SetValue(handler, Array.CreateInstance(array.GetType().GetElementType()!, 0));
            else if (!list.IsReadOnly && !list.IsFixedSize) list.Clear();
        }
    }
}
