using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>One SET of several.</summary>
/// <param name="Attribute">Class, object and attribute.</param>
/// <param name="Data">One encoded value of type Data.</param>
public readonly record struct AttributeWrite(CosemAttributeDescriptor Attribute, ReadOnlyMemory<byte> Data);

/// <summary>One ACTION of several.</summary>
/// <param name="Method">Class, object and method.</param>
/// <param name="Parameter">One encoded value of type Data; empty when the method takes none.</param>
public readonly record struct MethodCall(CosemMethodDescriptor Method, ReadOnlyMemory<byte> Parameter);

/// <summary>What became of one ACTION of several.</summary>
/// <param name="Result">The device's result.</param>
/// <param name="Returned">The returned value, encoded as Data; empty when nothing was returned.</param>
public readonly record struct MethodOutcome(ActionResult Result, ReadOnlyMemory<byte> Returned);
