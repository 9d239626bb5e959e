using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Codecs.Explain;

/// <summary>An attribute or method that a request named, so that its answer, or the rest of a long value, can be told by name.</summary>
/// <param name="Text">The attribute or method in words.</param>
/// <param name="IsSecret">Whether its value, parameter or answer is not shown.</param>
/// <param name="Attribute">The attribute; null for a method.</param>
internal sealed record AskedItem(string Text, bool IsSecret, CosemAttributeDescriptor? Attribute)
{
    /// <summary>An attribute.</summary>
    public static AskedItem Of(CosemAttributeDescriptor attribute) => new(
        $"{CosemNames.Class(attribute.ClassId)}, {attribute.LogicalName}{CosemNames.Object(attribute.LogicalName)}, "
        + CosemNames.Attribute(attribute.ClassId, attribute.AttributeId),
        ConfidentialValues.IsAttribute(attribute.ClassId, attribute.AttributeId),
        attribute);

    /// <summary>A method.</summary>
    public static AskedItem Of(CosemMethodDescriptor method) => new(
        $"{CosemNames.Class(method.ClassId)}, {method.LogicalName}{CosemNames.Object(method.LogicalName)}, "
        + CosemNames.Method(method.ClassId, method.MethodId),
        ConfidentialValues.IsMethod(method.ClassId, method.MethodId),
        null);
}
