using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>What the texts of one case may refer to, at the place that is being read.</summary>
internal sealed partial class PackScope
{
    private const string DeviceKey = "device";

    private readonly PackRoles _roles;
    private readonly Dictionary<string, string> _capturedAt;
    private readonly HashSet<string> _captured = new(StringComparer.Ordinal);
    private readonly string? _device;

    /// <summary>Creates the scope of a case.</summary>
    /// <param name="roles">The pack's device roles.</param>
    /// <param name="device">The role of the device under test; null when the case states none that is right.</param>
    /// <param name="capturedAt">Every capture of the case with the key of the step that makes it.</param>
    /// <param name="faults">Where to list what is wrong.</param>
    public PackScope(PackRoles roles, string? device, Dictionary<string, string> capturedAt, FaultList faults)
    {
        _roles = roles;
        _device = device;
        _capturedAt = capturedAt;
        Faults = faults;
    }

    /// <summary>Where to list what is wrong.</summary>
    public FaultList Faults { get; }

    /// <summary>Whether clean-up is being read, all of which always runs.</summary>
    public bool IsCleanup { get; set; }

    /// <summary>The id of the row for which a group of steps is being read; null outside of a group.</summary>
    public string? Row { get; set; }

    /// <summary>Whether a name stands for a device role, a capture or a built-in value.</summary>
    public bool IsTaken(string name) => IsTaken(name, _roles, _capturedAt);

    /// <summary>Whether a name stands for a device role of a pack, a capture of a case or a built-in value.</summary>
    public static bool IsTaken(string name, PackRoles roles, Dictionary<string, string> capturedAt) =>
        BuiltInVariables.Reserved.Contains(name) || roles.Find(name) is not null || capturedAt.ContainsKey(name);

    /// <summary>The role of the device under test; empty when the case states none that is right.</summary>
    public string Device => _device ?? string.Empty;

    /// <summary>From now on the captures that a step makes may be referred to, even of one that is wrong: one fault is enough.</summary>
    public void DefineCapturesAt(string step) =>
        _captured.UnionWith(_capturedAt.Where(capture => capture.Value == step).Select(capture => capture.Key));

    /// <summary>Reads a device role that the pack's needs declare.</summary>
    public string ReadDeviceRole(ConfigurationNode node) => _roles.Read(node);

    /// <summary>Reads the device role of a step or precondition: its own <c>device</c>, else the case's.</summary>
    /// <returns>Null when neither says it, which is a fault elsewhere.</returns>
    public string? ReadRoleOf(ConfigurationNode node) =>
        Faults.Read(() => node.Find(DeviceKey) is { } device ? ReadDeviceRole(device) : Device);

    /// <summary>Reads a text and checks everything that it refers to.</summary>
    /// <param name="node">The value.</param>
    /// <param name="isRequestXml">Whether the text is a whole request, which may refer to its own identifiers.</param>
    public TextTemplate ReadText(ConfigurationNode node, bool isRequestXml = false)
    {
        TextTemplate template = TextTemplate.Parse(node);
        foreach (VariableReference reference in template.References)
        {
            Check(node, reference.Name, isRequestXml);
        }

        return template;
    }

    /// <summary>Reads the text of an element, which a secret one must refer to and not write out.</summary>
    /// <param name="element">The element's local name.</param>
    /// <param name="node">The value.</param>
    public TextTemplate ReadElementText(string element, ConfigurationNode node)
    {
        TextTemplate template = ReadText(node);
        return template.IsOnlyReferences || template.Text.Length == 0 || !SecretText.Elements.Contains(element)
            ? template
            : throw WrittenOut(node, element);
    }

    /// <summary>Reads a whole request as XML.</summary>
    /// <param name="node">The value.</param>
    public TextTemplate ReadRequestXml(ConfigurationNode node)
    {
        TextTemplate template = ReadText(node, isRequestXml: true);
        return SecretText.FindIn(template.Text).All(value => OnlyReferences().IsMatch(value))
            ? template
            : throw WrittenOut(node, "an element of the XML");
    }

    /// <summary>An error about a secret that a pack writes out.</summary>
    public static ConfigurationException WrittenOut(ConfigurationNode node, string element) => node.Fault(
        PackFaults.Secret, $"the secret of {element} written out (not shown)",
        "${role.name} of an entry under 'secrets' of the rig file, named in the role's 'facts'");

    [GeneratedRegex(@"\A(\$\{[^{}]+\})*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex OnlyReferences();

    private void Check(ConfigurationNode node, string name, bool isRequestXml)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (name == VariableReference.NowTime)
        {
            return;
        }

        if (dot >= 0)
        {
            CheckProperty(node, name[..dot], name[(dot + 1)..], isRequestXml);
        }
        else if (name is not (VariableReference.Now or BuiltInVariables.Rig or BuiltInVariables.Seed) && !_captured.Contains(name))
        {
            throw _capturedAt.TryGetValue(name, out string? at)
                ? node.Fault(PackFaults.ForwardReference, $"${{{name}}}, which only {at} captures", "a capture of an earlier step")
                : node.Fault(PackFaults.UnknownVariable, $"${{{name}}}", Names());
        }
    }

    private void CheckProperty(ConfigurationNode node, string owner, string property, bool isRequestXml)
    {
        if (owner == BuiltInVariables.Request)
        {
            if (!isRequestXml)
            {
                throw node.Fault(PackFaults.UnknownVariable, $"${{{owner}.{property}}}", "this name only inside a request's xml");
            }

            Require(node, owner, property, BuiltInVariables.RequestProperties);
            return;
        }

        if (owner == BuiltInVariables.Parameter)
        {
            // Those that the pack has were put in when it was read.
            throw node.Fault(
                PackFaults.UnknownVariable, $"${{{owner}.{property}}}",
                _roles.Parameters.Count == 0 ? "none: the pack has no parameters" : string.Join(", ", _roles.Parameters));
        }

        string role = owner == BuiltInVariables.Device ? Device : owner;
        if (_roles.Broken.Contains(role) || (owner == BuiltInVariables.Device && _device is null))
        {
            return;
        }

        if (_roles.Find(role) is not { } need)
        {
            string roles = string.Join(", ", _roles.Needs.Select(known => known.Role).Prepend(BuiltInVariables.Device));
            throw node.Fault(PackFaults.UnknownDeviceRole, $"${{{owner}.{property}}}", roles);
        }

        Require(node, owner, property, [.. BuiltInVariables.DeviceProperties, .. need.Facts]);
    }

    private static void Require(ConfigurationNode node, string owner, string property, IReadOnlyList<string> known)
    {
        if (!known.Contains(property))
        {
            throw node.Fault(
                PackFaults.UnknownVariable, $"${{{owner}.{property}}}",
                string.Join(", ", known.Select(candidate => $"${{{owner}.{candidate}}}")));
        }
    }

    private string Names() => string.Join(
        ", ", _captured.Order(StringComparer.Ordinal).Concat(["now", "rig", "seed", "device.…"]).Select(name => $"${{{name}}}"));
}

/// <summary>Errors of the pack's own kinds, with the place of a node.</summary>
internal static class ConfigurationNodeFaults
{
    /// <summary>An error about a node.</summary>
    public static ConfigurationException Fault(this ConfigurationNode node, string code, string found, string allowed) =>
        new(code, node.File, node.Line, node.Column, node.Path.Length == 0 ? "file" : node.Path, found, allowed);
}
