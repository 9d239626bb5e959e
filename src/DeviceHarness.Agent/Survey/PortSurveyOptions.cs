namespace DeviceHarness.Agent.Survey;

/// <summary>What a survey of a serial port is told.</summary>
public sealed record PortSurveyOptions
{
    /// <summary>The port: a device node or a link to one, <c>tcp:host:port</c>, or <c>rfc2217:host:port</c>.</summary>
    public required string Port { get; init; }

    /// <summary>The folder that gets the drafts; it must not be there yet.</summary>
    public required string OutFolder { get; init; }

    /// <summary>The data folder, where it is kept that a password failed.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The rates to try, in baud; empty for the usual ones.</summary>
    public IReadOnlyList<int> Bauds { get; init; } = [];

    /// <summary>The HDLC addresses to try, such as <c>1/1017</c>; empty for the usual ones.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Where the password is that is tried once, such as <c>file:password.txt</c>; null tries none.</summary>
    public string? Password { get; init; }

    /// <summary>The client that has the password, 1 to 127.</summary>
    public int PasswordClient { get; init; } = 1;

    /// <summary>A profile whose reads are taken over where the device has their objects; null for none.</summary>
    public string? LikeProfile { get; init; }

    /// <summary>Is told where the survey stands.</summary>
    public Action<string> Told { get; init; } = static _ => { };
}
