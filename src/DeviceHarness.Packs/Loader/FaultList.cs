using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Packs.Loader;

/// <summary>Collects everything that is wrong with a pack, so that its author sees it at once.</summary>
internal sealed class FaultList
{
    /// <summary>The most faults that are listed; one more says that there are others.</summary>
    public const int Maximum = 200;

    private readonly List<ConfigurationException> _faults = [];

    /// <summary>How many faults were found so far, with those that are listed already.</summary>
    public int Count { get; private set; }

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool IsEmpty => _faults.Count == 0;

    /// <summary>Reads a value; what is wrong with it is listed, and reading goes on.</summary>
    /// <returns>The value; the default of its type when it is wrong, and then the pack is never used.</returns>
    public T? Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ConfigurationException fault)
        {
            Add(fault);
            return default;
        }
    }

    /// <summary>Does a check; what it finds is listed.</summary>
    public void Try(Action check)
    {
        try
        {
            check();
        }
        catch (ConfigurationException fault)
        {
            Add(fault);
        }
    }

    /// <summary>Lists a fault, once: what is written once for each of several rows is read several times.</summary>
    public void Add(ConfigurationException fault)
    {
        Count++;
        if (_faults.Exists(listed => (listed.Line, listed.Column, listed.Key, listed.Message)
            == (fault.Line, fault.Column, fault.Key, fault.Message)))
        {
            return;
        }

        if (_faults.Count < Maximum)
        {
            _faults.Add(fault);
        }
        else if (_faults.Count == Maximum)
        {
            _faults.Add(new ConfigurationException(
                PackFaults.TooManyFaults, fault.File, fault.Line, fault.Column, fault.Key, $"more than {Maximum} faults",
                "a pack without faults; repair these and look again"));
        }
    }

    /// <summary>Lists every key of a mapping that nobody asked for.</summary>
    public void RejectOtherKeys(ConfigurationNode node)
    {
        foreach (ConfigurationException fault in node.OtherKeys())
        {
            Add(fault);
        }
    }

    /// <summary>The faults in the order of a file, those of other files after them.</summary>
    public IReadOnlyList<ConfigurationException> InFileOrder(string file) =>
    [
        .. _faults.OrderBy(fault => fault.File != file).ThenBy(fault => fault.File, StringComparer.Ordinal)
            .ThenBy(fault => fault.Line).ThenBy(fault => fault.Column),
    ];
}
