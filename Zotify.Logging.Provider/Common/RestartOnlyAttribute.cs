namespace Zotify.Logging;

/// <summary>Marks an option whose change takes effect at the next start only. Until then, the change is reported as pending.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RestartOnlyAttribute : Attribute;
