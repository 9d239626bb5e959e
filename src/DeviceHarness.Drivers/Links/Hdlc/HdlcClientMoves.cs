using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>The table of legal moves of a primary station: which frame means what in which state, and which order may be given
/// when.</summary>
/// <remarks>Spec: IEC 62056-46, unbalanced normal response mode, as this harness's DLMS guide sums it up.</remarks>
internal static class HdlcClientMoves
{
    private static readonly Dictionary<(HdlcClientState State, HdlcFrameKind Kind), HdlcReaction> Reactions = new()
    {
        [(HdlcClientState.Connecting, HdlcFrameKind.Ua)] = HdlcReaction.Accept,
        [(HdlcClientState.Connecting, HdlcFrameKind.Dm)] = HdlcReaction.Refuse,
        [(HdlcClientState.Connecting, HdlcFrameKind.Frmr)] = HdlcReaction.Refuse,
        [(HdlcClientState.Connected, HdlcFrameKind.Dm)] = HdlcReaction.Lose,
        [(HdlcClientState.Connected, HdlcFrameKind.Frmr)] = HdlcReaction.Reject,
        [(HdlcClientState.Exchanging, HdlcFrameKind.Information)] = HdlcReaction.TakeInformation,
        [(HdlcClientState.Exchanging, HdlcFrameKind.ReceiveReady)] = HdlcReaction.TakeReady,
        [(HdlcClientState.Exchanging, HdlcFrameKind.ReceiveNotReady)] = HdlcReaction.TakeBusy,
        [(HdlcClientState.Exchanging, HdlcFrameKind.Dm)] = HdlcReaction.Lose,
        [(HdlcClientState.Exchanging, HdlcFrameKind.Frmr)] = HdlcReaction.Reject,
        [(HdlcClientState.Disconnecting, HdlcFrameKind.Ua)] = HdlcReaction.Close,
        [(HdlcClientState.Disconnecting, HdlcFrameKind.Dm)] = HdlcReaction.Close,
    };

    /// <summary>What a frame means; one that the table does not name is ignored. UI means the same in every state: it needs no
    /// link.</summary>
    internal static HdlcReaction ReactionTo(HdlcClientState state, HdlcFrameKind kind) =>
        kind == HdlcFrameKind.UnnumberedInformation ? HdlcReaction.TakeNotification : Reactions.GetValueOrDefault((state, kind));

    /// <summary>Whether an APDU may be sent.</summary>
    internal static bool MaySend(HdlcClientState state) => state == HdlcClientState.Connected;

    /// <summary>Whether DISC may be sent: in every state where the server may believe in a link.</summary>
    internal static bool MayDisconnect(HdlcClientState state) => state is not HdlcClientState.Disconnecting;
}
