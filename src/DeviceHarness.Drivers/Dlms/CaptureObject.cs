using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>A column of a profile: what is captured into it.</summary>
/// <param name="Attribute">Class, object and attribute; attribute 0 is the whole object.</param>
/// <param name="DataIndex">Which part of the attribute; 0 for all of it.</param>
public readonly record struct CaptureObject(CosemAttributeDescriptor Attribute, int DataIndex);
