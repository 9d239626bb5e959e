namespace DeviceHarness.Duis.Bodies.Firmware;

/// <summary>How the bench brings the image of an 11.1 to the device. No part of the request: a test says it to the bench.</summary>
public enum ImageDelivery
{
    /// <summary>The image is checked before its first block is sent, and a bad one is not sent.</summary>
    Checked,

    /// <summary>The image is sent whatever it is: only so does a device see one that it has to reject.</summary>
    Unchecked,

    /// <summary>Half-way the link is closed and opened anew, once: a device that then lacks a block which it had acknowledged has not
    /// taken the image.</summary>
    Interrupted,
}
