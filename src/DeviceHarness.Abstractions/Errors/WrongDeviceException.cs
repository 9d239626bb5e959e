namespace DeviceHarness.Abstractions.Errors;

/// <summary>Another device answers than the one that the rig file names: what was to be sent was not.</summary>
public sealed class WrongDeviceException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault.</param>
    /// <param name="message">Which device, and what a person does about it.</param>
    /// <param name="expected">Who the rig file says that it is.</param>
    /// <param name="found">Who it says that it is.</param>
    public WrongDeviceException(string code, string message, string expected, string found)
        : base(code, $"{message}; the rig file names {expected}, the device says that it is {found}", isTransient: false)
    {
        Expected = expected;
        Found = found;
    }

    /// <summary>Who the rig file says that it is.</summary>
    public string Expected { get; }

    /// <summary>Who it says that it is.</summary>
    public string Found { get; }
}
