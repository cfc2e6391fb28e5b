namespace Zotify.Logging;

/// <summary>Marks an option whose change at run time waits for the next start, and is reported as pending.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RestartOnlyAttribute : Attribute;
