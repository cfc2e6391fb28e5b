namespace Zotify.Logging.Configuration;

/// <summary>A property of the options for code alone; it is no key of the configuration.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CodeOnlyAttribute : Attribute;
