namespace DeviceHarness.Abstractions.Devices;

/// <summary>The name of a device in its rig file, such as <c>esme-01</c>.</summary>
/// <param name="Value">Lower-case letters, digits and hyphens.</param>
public readonly record struct DeviceId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
