namespace DeviceHarness.Virtual.Links;

/// <summary>What a secondary station saw since it started.</summary>
/// <param name="FramesForUs">Sound frames that were addressed to the station.</param>
/// <param name="FramesForOthers">Sound frames that were not.</param>
/// <param name="BadFrames">Times that octets had to be skipped: wrong checksum, wrong format, noise, a frame that broke off.</param>
/// <param name="FramesSent">Frames that the station sent.</param>
/// <param name="FrameRejects">FRMR among them.</param>
public readonly record struct HdlcServerCounters(
    long FramesForUs, long FramesForOthers, long BadFrames, long FramesSent, long FrameRejects);
