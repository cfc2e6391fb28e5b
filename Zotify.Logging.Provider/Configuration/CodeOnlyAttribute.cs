namespace Zotify.Logging.Configuration;

/// <summary>Marks a property of the options that only code can set. It is not a key of the configuration.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CodeOnlyAttribute : Attribute;
