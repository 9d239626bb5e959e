namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>Names the service reference variant that a handler serves.</summary>
/// <param name="variant">The variant, such as <c>4.1.1</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SrvAttribute(string variant) : Attribute
{
    /// <summary>The variant.</summary>
    public string Variant { get; } = variant;
}
