namespace DeviceHarness.Virtual.Links;

/// <summary>What a station saw since it started.</summary>
/// <param name="FramesForUs">Sound frames that were addressed to the station.</param>
/// <param name="FramesForOthers">Sound frames that were not.</param>
/// <param name="BadFrames">Times that octets had to be skipped: wrong checksum, wrong format, noise, a frame that broke off.</param>
/// <param name="FramesSent">Frames that the station sent.</param>
/// <param name="FrameRejects">FRMR among them.</param>
/// <param name="FramesRepeated">I frames among them that the client had not acknowledged the first time.</param>
/// <param name="FramesNotTaken">I frames that came out of turn, over the window or while the station was busy: they were not
/// taken.</param>
public readonly record struct ServerLinkCounters(
    long FramesForUs,
    long FramesForOthers,
    long BadFrames,
    long FramesSent,
    long FrameRejects = 0,
    long FramesRepeated = 0,
    long FramesNotTaken = 0);
