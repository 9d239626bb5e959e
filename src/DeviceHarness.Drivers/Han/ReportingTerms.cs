using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.Han;

/// <summary>When a device is to report an attribute.</summary>
/// <remarks>Spec: ZigBee Cluster Library, configure reporting.</remarks>
/// <param name="Attribute">The attribute.</param>
/// <param name="Type">Its type.</param>
/// <param name="Minimum">The least time between two reports, whole seconds up to 65,535.</param>
/// <param name="Maximum">The most; 0 for only when it changed, 65,535 s for never.</param>
/// <param name="Change">By how much an analogue value must change, of its type; null for other types.</param>
public sealed record ReportingTerms(ushort Attribute, ZclDataType Type, TimeSpan Minimum, TimeSpan Maximum, ZclData? Change = null);
