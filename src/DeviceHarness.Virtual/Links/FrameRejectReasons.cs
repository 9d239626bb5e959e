namespace DeviceHarness.Virtual.Links;

/// <summary>Why a frame was rejected: the reason bits of FRMR.</summary>
/// <remarks>Spec: IEC 62056-46, FRMR information field, as the domain guide gives it.</remarks>
[Flags]
internal enum FrameRejectReasons
{
    /// <summary>It was not.</summary>
    None = 0,

    /// <summary>W: the control octet is undefined or not implemented; always set with X.</summary>
    UndefinedControl = 1,

    /// <summary>X: the frame may not carry information.</summary>
    InformationNotAllowed = 2,

    /// <summary>Y: the information field is longer than agreed.</summary>
    InformationTooLong = 4,

    /// <summary>Z: N(R) acknowledges what was never sent.</summary>
    InvalidReceiveSequence = 8,
}
