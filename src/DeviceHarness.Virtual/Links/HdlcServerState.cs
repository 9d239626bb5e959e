namespace DeviceHarness.Virtual.Links;

/// <summary>The states of a secondary station.</summary>
/// <remarks>Spec: IEC 62056-46, modes of operation, as the domain guide gives them.</remarks>
public enum HdlcServerState
{
    /// <summary>Normal disconnected mode: only SNRM opens the link.</summary>
    Disconnected = 0,

    /// <summary>Normal response mode: the client may send information.</summary>
    Connected = 1,

    /// <summary>A frame was rejected: only SNRM or DISC leads out.</summary>
    FrameReject = 2,
}
