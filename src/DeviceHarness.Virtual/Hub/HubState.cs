using System.Text.Json;
using DeviceHarness.Virtual.Application;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Security;
using DeviceHarness.Virtual.Supply;

namespace DeviceHarness.Virtual.Hub;

/// <summary>The inside of a comms hub: clock, supply, networks, logs and the alerts that wait.</summary>
/// <remarks>Nothing runs by itself: whoever looks makes it live until now (<see cref="Settle"/>), through every interruption of the supply
/// that it is fed by. What it keeps is in flash before the command that changed it is answered. Not safe for use from several threads,
/// <see cref="Defects"/> excepted.</remarks>
internal sealed class HubState : ICosemHost
{
    /// <summary>The most alerts that wait; the oldest is dropped for a new one.</summary>
    public const int AlertCapacity = 32;

    private const string RecordName = "hub";
    private static readonly TimeSpan LongOutage = TimeSpan.FromMinutes(3);

    private readonly IMeterFlash _flash;
    private readonly SupplyFeed _feed;
    private readonly List<HanDevice> _devices;
    private readonly List<HubAlert> _alerts = [];
    private readonly DateTimeOffset _startedAt;
    private DateTimeOffset _poweredAt;
    private DateTimeOffset _lastInterruption = DateTimeOffset.MinValue;
    private bool _isOutageTold;
    private long _defects;

    /// <summary>Creates the inside of a hub that is being switched on.</summary>
    /// <exception cref="IOException">The flash cannot be read or written.</exception>
    public HubState(HubModel model, SupplyFeed feed, TimeProvider timeProvider, IMeterFlash? flash)
    {
        Model = model;
        _feed = feed;
        _flash = flash ?? new MemoryFlash();
        Defects = model.Defects;
        Clock = new MeterClock(timeProvider, model.ClockOffset, isValid: true);
        Security = new MeterSecurity(model, _flash, forgetsCounters: false);
        _startedAt = Clock.TrueTime;
        _poweredAt = _startedAt;
        HubRecord? kept = _flash.Read(RecordName) is byte[] json ? JsonSerializer.Deserialize(json, FlashJson.Default.HubRecord) : null;
        _devices = [.. kept?.Devices ?? model.Devices];
        _alerts.AddRange(kept?.Alerts ?? []);
        Logs.Restore(kept?.Events ?? []);
        Images = [.. model.Firmware.Select(device => new HanImage(this, device, _flash))];
        if (kept is not null)
        {
            NoteOutage(kept.SavedAt, _startedAt);
            foreach (HanImage image in Images)
            {
                image.OnPowerOn();
            }
        }

        Keep();
    }

    /// <summary>What the hub is.</summary>
    public HubModel Model { get; }

    /// <inheritdoc/>
    public MeterClock Clock { get; }

    /// <inheritdoc/>
    public MeterPower Power { get; } = new();

    /// <inheritdoc/>
    public MeterSecurity Security { get; }

    /// <summary>Its event logs.</summary>
    public EventLogs Logs { get; } = new();

    /// <summary>The devices of its home area network.</summary>
    public IReadOnlyList<HanDevice> Devices => _devices;

    /// <summary>The images that it holds for devices of its home area network.</summary>
    public IReadOnlyList<HanImage> Images { get; }

    /// <summary>The alerts that wait, oldest first.</summary>
    public IReadOnlyList<HubAlert> Alerts => _alerts;

    /// <summary>The defects that are planted now.</summary>
    public EsmeDefects Defects
    {
        get => (EsmeDefects)Interlocked.Read(ref _defects);
        set => Interlocked.Exchange(ref _defects, (long)value);
    }

    /// <summary>The firmware version that the hub reports.</summary>
    public string ReportedFirmwareVersion => Has(EsmeDefects.StuckVersion) ? Model.PreviousFirmwareVersion : Model.FirmwareVersion;

    /// <summary>When the state of its wide area network link began, true time, and whether it is registered.</summary>
    public (bool IsRegistered, DateTimeOffset Since) Wan
    {
        get
        {
            DateTimeOffset registered = _poweredAt + Model.WanRegistrationTime;
            return Clock.TrueTime >= registered ? (true, registered) : (false, _poweredAt);
        }
    }

    /// <inheritdoc/>
    VirtualDeviceModel ICosemHost.Model => Model;

    /// <inheritdoc/>
    public bool Has(EsmeDefects defect) => (Defects & defect) != 0;

    /// <inheritdoc/>
    public void Settle()
    {
        DateTimeOffset now = Clock.TrueTime;
        foreach (SupplyInterruption gap in _feed.Interruptions)
        {
            bool isBeforeStart = gap.Since < _startedAt && gap.Until is DateTimeOffset end && end <= _startedAt;
            if (!isBeforeStart && gap.Since > _lastInterruption && gap.Since <= now)
            {
                Live(gap, now);
            }
        }

        foreach (HanImage image in Power.IsRunning ? Images : [])
        {
            image.Settle();
        }
    }

    /// <inheritdoc/>
    public void Enter(EventCode code)
    {
        if (!Has(EsmeDefects.EventMissing) || !EventLogs.IsEvent(code))
        {
            Logs.Enter(new EventEntry(Clock.Now, Clock.IsValid, code));
        }

        Keep();
    }

    /// <inheritdoc/>
    public void OnLinkOpened()
    {
        foreach (HanImage image in Images)
        {
            image.Transfer.OnLinkOpened();
        }
    }

    /// <summary>Adds a device to the log, or one that is there once more.</summary>
    /// <returns>Whether there was room, and it was not there.</returns>
    public bool TryRegister(ulong identifier)
    {
        if (_devices.Count == HubModel.MaximumDevices || _devices.Exists(device => device.Identifier == identifier))
        {
            return false;
        }

        _devices.Add(new HanDevice(identifier, null, null));
        NoteLogChange(identifier);
        return true;
    }

    /// <summary>Removes a device from the log.</summary>
    /// <returns>Whether it was there.</returns>
    public bool TryUnregister(ulong identifier)
    {
        if (_devices.RemoveAll(device => device.Identifier == identifier) == 0)
        {
            return false;
        }

        NoteLogChange(identifier);
        return true;
    }

    /// <summary>A device of the log speaks: from now on it has joined.</summary>
    /// <returns>Whether the log has it.</returns>
    public bool Hear(ulong identifier, sbyte? linkQuality)
    {
        int place = _devices.FindIndex(device => device.Identifier == identifier);
        if (place >= 0)
        {
            _devices[place] = new HanDevice(identifier, Clock.Now, linkQuality);
            Keep();
        }

        return place >= 0;
    }

    /// <summary>The alerts were taken: they wait no longer.</summary>
    public void ClearAlerts()
    {
        _alerts.Clear();
        Keep();
    }

    /// <summary>Clears the event log, which then holds that it was cleared.</summary>
    public void ClearEvents()
    {
        Logs.ClearEvents();
        Enter(EventCode.LogCleared);
    }

    /// <inheritdoc/>
    public void Keep()
    {
        HubRecord record = new([.. Logs.Events, .. Logs.Security, .. Logs.Power], _devices, _alerts, Clock.TrueTime);
        _flash.Write(RecordName, JsonSerializer.SerializeToUtf8Bytes(record, FlashJson.Default.HubRecord));
    }

    /// <summary>Lives through an interruption, as far as it has come.</summary>
    private void Live(SupplyInterruption gap, DateTimeOffset now)
    {
        if (Power.IsRunning)
        {
            Power.Fail(gap.Since, backAt: null);
        }

        // What it has left tells of the outage while the supply is still away.
        if (!_isOutageTold && gap.DurationAt(now) >= Model.OutageAlertAfter)
        {
            _isOutageTold = true;
            Queue(new HubAlert(Clock.TimeAt(gap.Since + Model.OutageAlertAfter), HubAlert.PowerOutage, Model.Identifier));
        }

        if (gap.Until is DateTimeOffset end && end <= now)
        {
            _lastInterruption = gap.Since;
            _isOutageTold = false;
            _poweredAt = end;
            Power.Start();
            Security.Start(forgetsCounters: false);
            NoteOutage(gap.Since, end);
            foreach (HanImage image in Images)
            {
                image.OnPowerOn();
            }

            Keep();
        }
    }

    private void NoteOutage(DateTimeOffset since, DateTimeOffset until)
    {
        EventCode restored = until - since >= LongOutage ? EventCode.PowerRestoredAfterLong : EventCode.PowerRestored;
        Logs.Enter(new EventEntry(Clock.TimeAt(since), Clock.IsValid, EventCode.PowerInterrupted));
        Logs.Enter(new EventEntry(Clock.TimeAt(until), Clock.IsValid, restored));
    }

    private void NoteLogChange(ulong identifier)
    {
        Queue(new HubAlert(Clock.Now, (ushort)EventCode.HanDeviceLogChanged, identifier));
        Enter(EventCode.HanDeviceLogChanged);
    }

    private void Queue(HubAlert alert)
    {
        if (Has(EsmeDefects.AlertLost))
        {
            return;
        }

        if (_alerts.Count == AlertCapacity)
        {
            _alerts.RemoveAt(0);
        }

        _alerts.Add(alert);
    }
}
