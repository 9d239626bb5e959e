namespace DeviceHarness.Virtual.Links.Optical;

/// <summary>Where an optical port stands.</summary>
public enum OpticalPortPhase
{
    /// <summary>It waits for a request message at the rate of the sign-on.</summary>
    Listening = 0,

    /// <summary>It has a message to send, and hears nothing before it is sent.</summary>
    Answering,

    /// <summary>It has identified itself.</summary>
    AwaitingSelect,

    /// <summary>It speaks HDLC at the agreed rate.</summary>
    Hdlc,
}
