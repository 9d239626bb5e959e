using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Drivers.Links;

/// <summary>A link to one device that is brought up, carries APDUs and is taken down, whatever its frames are.</summary>
/// <remarks>One order at a time. After a failed or cancelled order the link is down, and the next one must be
/// <see cref="ConnectAsync"/>.</remarks>
public interface IDeviceLink : IRowLink
{
    /// <summary>Whether the link is up and idle.</summary>
    bool IsUp { get; }

    /// <summary>Where the time of the exchanges went; restarted by whoever measures.</summary>
    ExchangeClock Clock { get; }

    /// <summary>How many APDUs came as answers so far.</summary>
    long AnswerCount { get; }

    /// <summary>What an octet costs on the line.</summary>
    LineRate Rate { get; }

    /// <summary>The present instant of the link's clock.</summary>
    TimeSpan Now { get; }

    /// <summary>Whether bringing the link up makes anew what carries it, so that a port that is gone may come back; false on a line, which
    /// is gone for good.</summary>
    bool MakesConnection { get; }

    /// <summary>What the device sent unasked, for whoever takes it out.</summary>
    NotificationInbox Notifications { get; }

    /// <summary>Takes in what the device sends unasked while the link is idle, up or down; nothing is sent.</summary>
    /// <param name="wait">How long to wait for the first octet; zero only takes what is there, and the rest of a frame that has
    /// begun.</param>
    /// <param name="cancellationToken">Ends the wait; the link stays as it is.</param>
    /// <exception cref="Abstractions.Errors.TransportException">The port is gone.</exception>
    ValueTask ListenAsync(TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Brings the link up, so that nothing that was sent before can still be taken for an answer.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.HarnessException">The link cannot be brought up, see its implementation.</exception>
    Task ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Takes the link down.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.HarnessException">The device did not answer; the link is down all the same.</exception>
    Task DisconnectAsync(CancellationToken cancellationToken);

    /// <summary>Forgets what is going on: the link is down on this side, and nothing is sent.</summary>
    void Abandon();
}
