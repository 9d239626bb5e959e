namespace DeviceHarness.Codecs.Explain;

/// <summary>Which attributes and methods carry a secret in clear, so that their values are counted and not shown.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2: association class 15 (secret, change_HLS_secret), optical port setup class 19 (passwords), token gateway
/// class 115 (token, enter): a token is money to whoever enters it first; ZigBee network control class 104 (register_device): the install
/// code of a device lets anybody speak for it. The keys of a security setup are wrapped when they are sent, and shown so.
/// </remarks>
internal static class ConfidentialValues
{
    private const ushort AssociationClass = 15;
    private const ushort OpticalPortClass = 19;
    private const ushort TokenGatewayClass = 115;
    private const ushort ZigBeeNetworkClass = 104;

    /// <summary>True when the attribute is a secret.</summary>
    public static bool IsAttribute(ushort classId, int attributeId) => (classId, attributeId) switch
    {
        (AssociationClass, 7) => true,
        (OpticalPortClass, 7 or 8 or 9) => true,
        (TokenGatewayClass, 2) => true,
        _ => false,
    };

    /// <summary>True when the method's parameter is a secret.</summary>
    public static bool IsMethod(ushort classId, int methodId) =>
        (classId, methodId) is (AssociationClass, 2) or (TokenGatewayClass, 1) or (ZigBeeNetworkClass, 1);

    /// <summary>Explains a value, or says only how many octets it has.</summary>
    public static void Explain(ExplanationWriter writer, bool isSecret, ReadOnlySpan<byte> encoded, int offset)
    {
        if (isSecret)
        {
            writer.Line(offset, $"secret of {encoded.Length} octets, not shown");
            return;
        }

        DataExplainer.Explain(writer, encoded, offset);
    }
}
