using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Creates the handlers' options with their defaults, and binds <c>Logging:Zotify</c> to everything. Code is applied afterwards.
/// </summary>
/// <param name="provider">The section of the provider.</param>
/// <param name="registrations">The handlers.</param>
/// <param name="sections">The sections of integrations, which bind them themselves.</param>
/// <param name="services">They have the configuration of the application, if there is one.</param>
internal sealed class OptionsFromConfiguration(
    ProviderSection provider,
    IEnumerable<RegisteredOptions> registrations,
    IEnumerable<RegisteredSection> sections,
    IServiceProvider services)
    : IConfigureOptions<ZotifyLoggingOptions>
{
    /// <inheritdoc/>
    /// <exception cref="OptionsValidationException">Keys or values cannot be bound; every one is named with its full path.</exception>
    public void Configure(ZotifyLoggingOptions options)
    {
        var root = provider.Configuration;
        var handlers = registrations.ToDictionary(r => r.Name, r => r.Create(), StringComparer.OrdinalIgnoreCase);
        string[] errors = [.. Errors(root, handlers)];
        if (errors.Length > 0) throw new OptionsValidationException(Options.DefaultName, typeof(ZotifyLoggingOptions), errors);

        OptionsBinder.Bind(root, options, typeof(ZotifyLoggingOptions));
        foreach (var section in root.GetSection(ConfigurationKeys.Handlers).GetChildren())
        {
            var handler = handlers[section.Key];
            ClearConfiguredLists(section, handler);
            OptionsBinder.Bind(section, handler, handler.GetType());
            SetConfiguredNulls(section, handler);
        }

        options.Handlers = handlers;
    }

    /// <summary>
    /// The errors in the application's own section, and in the provider's. The provider's is merged from several sections of the
    /// application: it has no value of its own, and null where a text is empty.
    /// </summary>
    private IEnumerable<string> Errors(IConfiguration merged, Dictionary<string, LogHandlerOptions> handlers)
    {
        if (services.GetService<IConfiguration>()?.GetSection(ConfigurationKeys.Root) is not { } own) return ErrorsOf(merged, handlers);
        var use = $"{ConfigurationKeys.Full(ConfigurationKeys.Handlers)}:<name>:{nameof(LogHandlerOptions.Enabled)}";
        return ConfigurationCheck.ScalarError(own, use, ConfigurationKeys.Root) is { } value
            ? [value]
            : ErrorsOf(own, handlers).Concat(ErrorsOf(merged, handlers)).DistinctBy(KeyOf);
    }

    private static string KeyOf(string error) => error[..error.IndexOf(": ", StringComparison.Ordinal)];

    private IEnumerable<string> ErrorsOf(IConfiguration root, Dictionary<string, LogHandlerOptions> handlers) =>
        ConfigurationCheck
            .Find(
                root, typeof(ZotifyLoggingOptions), ConfigurationKeys.Root,
                [ConfigurationKeys.Handlers, ConfigurationKeys.LogLevel, .. sections.Select(section => section.Name)])
            .Concat(sections.SelectMany(
                section => ConfigurationCheck.FindInSection(
                    root.GetSection(section.Name), section.Type, ConfigurationKeys.Full(section.Name))))
            .Concat(ConfigurationCheck.FindIn(
                root.GetSection(ConfigurationKeys.LogLevel), typeof(Dictionary<string, LogLevel>),
                ConfigurationKeys.Full(ConfigurationKeys.LogLevel)))
            .Concat(OfHandlers(root.GetSection(ConfigurationKeys.Handlers), handlers));

    private static IEnumerable<string> OfHandlers(IConfigurationSection section, Dictionary<string, LogHandlerOptions> handlers)
    {
        var path = ConfigurationKeys.Full(ConfigurationKeys.Handlers);
        return ConfigurationCheck.ScalarError(section, $"{path}:<name>:{nameof(LogHandlerOptions.Enabled)}", path) is { } error
            ? [error]
            : section.GetChildren().SelectMany(child => OfHandler(child, handlers, $"{path}:{child.Key}"));
    }

    private static IEnumerable<string> OfHandler(
        IConfigurationSection section, Dictionary<string, LogHandlerOptions> handlers, string path) =>
        handlers.TryGetValue(section.Key, out var options)
            ? ConfigurationCheck.FindInSection(section, options.GetType(), path)
            : [$"{path}: no handler of this name is registered; registered are {string.Join(", ", handlers.Keys)}; "
                + $"add it with AddHandler<THandler>(\"{section.Key}\")"];

    /// <summary>Clears configured lists, because the binder appends to a list with defaults. A handler's configured list replaces
    /// them.</summary>
    private static void ClearConfiguredLists(IConfigurationSection section, LogHandlerOptions handler)
    {
        var configured = section.GetChildren().Select(child => child.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in handler.GetType().GetProperties())
        {
            if (property.GetValue(handler) is not IList list || !configured.Contains(property.Name)) continue;
            if (list is Array array && property.CanWrite)
                property.SetValue(handler, Array.CreateInstanceFromArrayType(array.GetType(), 0));
            else if (!list.IsReadOnly && !list.IsFixedSize) list.Clear();
        }
    }

    /// <summary>Sets configured <c>null</c>s, which mean "none" here. The binder would not change the option.</summary>
    private static void SetConfiguredNulls(IConfigurationSection section, LogHandlerOptions handler)
    {
        foreach (var child in section.GetChildren().Where(child => child.Value is null && !child.GetChildren().Any()))
        {
            if (ConfigurationCheck.Options(handler.GetType()).GetValueOrDefault(child.Key) is { CanWrite: true } option
                && Nullable.GetUnderlyingType(option.PropertyType) is not null) option.SetValue(handler, null);
        }
    }
}
