using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Scheduling;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Auxiliary;

/// <summary>The auxiliary loads, their calendar and the boost buttons.</summary>
/// <remarks>Object codes of the GB list, as the domain guide gives them; script numbers are the harness's: ten times the load, plus 1 on,
/// 0 off, 2 back to the calendar.</remarks>
internal sealed class AuxiliaryLoads : IMeterEngine
{
    /// <summary>The script table that switches the loads.</summary>
    public static readonly ObisCode ScriptTable = ObisCode.Parse("0-0:10.0.103.255");

    /// <summary>Load numbers are tens in a script's number.</summary>
    public const int ScriptsPerLoad = 10;

    private const byte EveryDay = 0xFE;
    private static readonly CosemDate AnyDate = new(0xFFFF, 0xFF, 0xFF, 0xFF);

    private readonly AuxiliaryOptions _options;
    private readonly IMeterHost _host;
    private readonly Func<TimeSpan> _switchOffset;
    private readonly AuxiliaryLoad[] _loads;
    private readonly byte[] _buttons;

    public AuxiliaryLoads(AuxiliaryOptions options, Func<TimeSpan> switchOffset, IMeterHost host)
    {
        _options = options;
        _host = host;
        _switchOffset = switchOffset;
        _loads = [.. options.Loads.Select(load => new AuxiliaryLoad(load.Watts))];
        _buttons = [.. options.BoostButtons.Select(Bits)];
        Calendar = new SwitchTable(new SpecialDays(), DefaultEntries(options));
        Look();
    }

    /// <summary>The loads; load 1 first.</summary>
    public IReadOnlyList<AuxiliaryLoad> Loads => _loads;

    /// <summary>The calendar of all loads.</summary>
    public SwitchTable Calendar { get; }

    /// <summary>Which loads each button turns on: load 1 is the most significant bit.</summary>
    public IReadOnlyList<byte> Buttons => _buttons;

    /// <summary>What all loads take that are on, in watts.</summary>
    public int Watts => _loads.Where(load => load.IsClosed).Sum(load => load.Watts);

    /// <summary>Whether a client may switch them.</summary>
    public bool IsRemoteOverrideAllowed => _options.IsRemoteOverrideAllowed;

    /// <summary>Whether a client may read and change the buttons.</summary>
    public bool IsBoostRemote => _options.IsBoostRemote;

    /// <inheritdoc/>
    public DateTimeOffset? NextDue => _loads.Min(load => load.BoostUntil);

    /// <inheritdoc/>
    public void Live(in MeterSlice slice) => Look();

    /// <summary>Executes a script.</summary>
    /// <param name="script">Ten times the load, plus 1 on, 0 off, 2 back to the calendar.</param>
    /// <returns>Null when there is no such script, false when a client may not.</returns>
    public bool? Execute(long script)
    {
        long load = script / ScriptsPerLoad;
        long action = script % ScriptsPerLoad;
        return load < 1 || load > _loads.Length || action > 2 ? null
            : action == 2 ? Switch((int)load, null)
            : Switch((int)load, action == 1);
    }

    /// <summary>A client switches a load, or gives it back to the calendar.</summary>
    /// <param name="load">The load, from 1.</param>
    /// <param name="isClosed">On or off; null for the calendar.</param>
    /// <returns>False when a client may not.</returns>
    public bool Switch(int load, bool? isClosed)
    {
        if (!_options.IsRemoteOverrideAllowed)
        {
            return false;
        }

        if (!_host.Has(EsmeDefects.SwitchLies))
        {
            _loads[load - 1].Command(isClosed);
        }

        return true;
    }

    /// <summary>The consumer presses a boost button.</summary>
    /// <param name="button">The button, from 1.</param>
    /// <returns>Whether it turned anything on.</returns>
    public bool PressBoost(int button)
    {
        if (button < 1 || button > _buttons.Length)
        {
            return false;
        }

        for (int load = 0; load < _loads.Length; load++)
        {
            if ((_buttons[button - 1] & (0x80 >> load)) != 0)
            {
                _loads[load].Boost(_host.Now + _options.BoostTime);
            }
        }

        return _buttons[button - 1] != 0;
    }

    /// <summary>Says which loads a button turns on; loads that the meter does not have are refused.</summary>
    public bool TrySetButton(int button, byte loads)
    {
        if ((loads & (0xFF >> _loads.Length)) != 0)
        {
            return false;
        }

        _buttons[button - 1] = loads;
        return true;
    }

    /// <summary>A tariff was activated: nothing to a sound meter, all to one with the defect auxiliary-disturbed.</summary>
    public void TariffChanged()
    {
        if (_host.Has(EsmeDefects.AuxiliaryDisturbed))
        {
            Calendar.DisableAll();
            foreach (AuxiliaryLoad load in _loads)
            {
                load.Disturb();
            }
        }
    }

    /// <summary>Looks at calendar and time, after the clock was set or an entry changed.</summary>
    public void Look()
    {
        DateTimeOffset now = _host.Now;
        for (int load = 1; load <= _loads.Length; load++)
        {
            int scripts = load * ScriptsPerLoad;
            ushort? selector = Calendar.SelectorAt(now - _switchOffset(), scripts, scripts + 1);
            _loads[load - 1].Look(selector is null ? null : selector == scripts + 1, now);
        }
    }

    /// <summary>What is kept without power.</summary>
    public AuxiliaryRecord Keep() => new(
        [.. Calendar.Entries], [.. Calendar.SpecialDays.Days], _buttons, [.. _loads.Select(load => load.Override)],
        [.. _loads.Select(load => load.Calendar)], [.. _loads.Select(load => load.BoostUntil)]);

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(AuxiliaryRecord kept)
    {
        Calendar.Replace(kept.Entries);
        Calendar.SpecialDays.Replace(kept.SpecialDays);
        kept.Buttons.AsSpan(0, Math.Min(kept.Buttons.Length, _buttons.Length)).CopyTo(_buttons);
        for (int load = 0; load < Math.Min(_loads.Length, kept.Overrides.Length); load++)
        {
            _loads[load].Restore(kept.Overrides[load], kept.Calendars[load], kept.Boosts[load]);
        }
    }

    private static byte Bits(IReadOnlyList<int> loads) => (byte)loads.Aggregate(0, (bits, load) => bits | (0x80 >> (load - 1)));

    private static IEnumerable<SwitchEntry> DefaultEntries(AuxiliaryOptions options)
    {
        ushort index = 0;
        for (int load = 1; load <= options.Loads.Count; load++)
        {
            foreach (AuxiliarySwitch turn in options.Loads[load - 1].Calendar)
            {
                ushort script = (ushort)((load * ScriptsPerLoad) + (turn.IsClosed ? 1 : 0));
                yield return new SwitchEntry(
                    ++index, true, ScriptTable, script, turn.Start, ushort.MaxValue, EveryDay, string.Empty, AnyDate, AnyDate);
            }
        }
    }
}

/// <summary>Auxiliary loads as they are kept in flash.</summary>
internal sealed record AuxiliaryRecord(
    IReadOnlyList<SwitchEntry> Entries, IReadOnlyList<SpecialDay> SpecialDays, byte[] Buttons, bool?[] Overrides, bool?[] Calendars,
    DateTimeOffset?[] Boosts);
