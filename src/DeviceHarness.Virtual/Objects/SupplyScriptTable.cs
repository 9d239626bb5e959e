using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Class 9, Script table: the scripts that enable, disable and arm the supply.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 9 version 0; script numbers of the GB companion specification, as the domain guide gives them.
/// Method 1
/// executes: long-unsigned script number.</remarks>
internal sealed class SupplyScriptTable(ObisCode logicalName, ObisCode disconnectControl, EsmeState meter) : CosemObject(
    9, 0, logicalName, [new CosemAttributeRights(2, ClientAccess.Management)], [new CosemMethodRights(1, ClientAccess.Management)])
{
    /// <summary>Enable the supply.</summary>
    public const int EnableScript = 51;

    /// <summary>Disable the supply.</summary>
    public const int DisableScript = 52;

    /// <summary>Arm the supply.</summary>
    public const int ArmScript = 54;

    private const byte ExecuteService = 2;
    private const ushort DisconnectControlClass = 70;

    /// <inheritdoc/>
    protected override void Encode(int attribute, ref AxdrWriter writer)
    {
        writer.WriteArray(3);
        EncodeScript(ref writer, EnableScript, method: 2);
        EncodeScript(ref writer, DisableScript, method: 1);
        EncodeScript(ref writer, ArmScript, method: null);
    }

    /// <inheritdoc/>
    protected override ActionResult Perform(int method, ReadOnlySpan<byte> parameters)
    {
        if (!ActionParameters.TryReadNumber(parameters, DlmsDataType.LongUnsigned, out long script))
        {
            return ActionResult.TypeUnmatched;
        }

        bool? isDone = script switch
        {
            EnableScript => meter.MoveSupply(static supply => supply.TryEnable()),
            DisableScript => meter.MoveSupply(static supply => supply.TryRemoteDisconnect()),
            ArmScript => meter.MoveSupply(static supply => supply.TryArm()),
            _ => null,
        };
        return isDone switch
        {
            true => ActionResult.Success,
            false => ActionResult.ReadWriteDenied,
            null => ActionResult.ObjectUndefined,
        };
    }

    // Arming has no method of the standard class: its script lists no action.
    private void EncodeScript(ref AxdrWriter writer, int script, int? method)
    {
        writer.WriteStructure(2);
        writer.WriteLongUnsigned((ushort)script);
        writer.WriteArray(method is null ? 0 : 1);
        if (method is int index)
        {
            writer.WriteStructure(5);
            writer.WriteEnum(ExecuteService);
            writer.WriteLongUnsigned(DisconnectControlClass);
            writer.WriteOctetString(disconnectControl.ToOctets());
            writer.WriteInteger((sbyte)index);
            writer.WriteInteger(0);
        }
    }
}
