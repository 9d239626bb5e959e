namespace DeviceHarness.Virtual.Firmware;

/// <summary>What a meter finds out about the image that it holds.</summary>
public enum ImageVerdict
{
    /// <summary>The image is whole, unharmed and meant for this meter.</summary>
    Sound,

    /// <summary>The octets are no upgrade file, or one of another length than announced.</summary>
    Malformed,

    /// <summary>The image is for another manufacturer, model or hardware version.</summary>
    ForAnotherDevice,

    /// <summary>The integrity code does not fit the octets, or there is none.</summary>
    Harmed,
}
