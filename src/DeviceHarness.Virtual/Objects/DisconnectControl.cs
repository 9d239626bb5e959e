using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Class 70, Disconnect control: the supply's state, and its remote disconnection and reconnection.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 70 version 0. Both methods take integer (0).</remarks>
internal sealed class DisconnectControl(ObisCode logicalName, EsmeState meter) : CosemObject(
    70,
    0,
    logicalName,
    [
        new CosemAttributeRights(2, ClientAccess.Management),
        new CosemAttributeRights(3, ClientAccess.Management),
        new CosemAttributeRights(4, ClientAccess.Management),
    ],
    [new CosemMethodRights(1, ClientAccess.Management), new CosemMethodRights(2, ClientAccess.Management)])
{
    /// <inheritdoc/>
    protected override void Encode(int attribute, ref AxdrWriter writer)
    {
        meter.Settle();
        switch (attribute)
        {
            case 2:
                writer.WriteBoolean(meter.Supply.IsConnected);
                break;
            case 3:
                writer.WriteEnum((byte)meter.Supply.State);
                break;
            case 4:
                writer.WriteEnum((byte)meter.Supply.ControlMode);
                break;
            default:
                throw Unknown(attribute);
        }
    }

    /// <inheritdoc/>
    protected override ActionResult Perform(int method, ReadOnlySpan<byte> parameters)
    {
        if (!ActionParameters.IsIntegerZero(parameters))
        {
            return ActionResult.TypeUnmatched;
        }

        bool isDone = method == 1
            ? meter.MoveSupply(static supply => supply.TryRemoteDisconnect())
            : meter.MoveSupply(static supply => supply.TryRemoteReconnect());
        return isDone ? ActionResult.Success : ActionResult.ReadWriteDenied;
    }
}
