namespace DeviceHarness.Duis.Catalogue;

/// <summary>A correction of the collected catalogue.</summary>
/// <param name="Srv">The service reference variant.</param>
/// <param name="Column">The column that gets more: <c>device_types</c> or <c>user_roles</c>.</param>
/// <param name="Added">What it gets.</param>
/// <param name="Reason">Why.</param>
public sealed record SrvOverride(string Srv, string Column, string Added, string Reason);
