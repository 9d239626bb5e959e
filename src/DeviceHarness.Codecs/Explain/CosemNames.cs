using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Names of interface classes, attributes, methods and objects, as far as this harness meets them.</summary>
/// <remarks>Spec: IEC 62056-6-2 for classes and attributes, IEC 62056-6-1 for objects.</remarks>
internal static class CosemNames
{
    private static readonly Dictionary<(int ClassId, int Id), string> Attributes = new()
    {
        [(1, 2)] = "value",
        [(3, 2)] = "value",
        [(3, 3)] = "scaler_unit",
        [(4, 2)] = "value",
        [(4, 3)] = "scaler_unit",
        [(4, 4)] = "status",
        [(4, 5)] = "capture_time",
        [(7, 2)] = "buffer",
        [(7, 3)] = "capture_objects",
        [(7, 4)] = "capture_period",
        [(7, 5)] = "sort_method",
        [(7, 6)] = "sort_object",
        [(7, 7)] = "entries_in_use",
        [(7, 8)] = "profile_entries",
        [(8, 2)] = "time",
        [(8, 3)] = "time_zone",
        [(8, 4)] = "status",
        [(8, 9)] = "clock_base",
        [(11, 2)] = "entries",
        [(15, 2)] = "object_list",
        [(15, 3)] = "associated_partners_id",
        [(15, 4)] = "application_context_name",
        [(15, 5)] = "xDLMS_context_info",
        [(15, 6)] = "authentication_mechanism_name",
        [(15, 7)] = "secret",
        [(15, 8)] = "association_status",
        [(15, 9)] = "security_setup_reference",
        [(18, 2)] = "image_block_size",
        [(18, 3)] = "image_transferred_blocks_status",
        [(18, 4)] = "image_first_not_transferred_block_number",
        [(18, 5)] = "image_transfer_enabled",
        [(18, 6)] = "image_transfer_status",
        [(18, 7)] = "image_to_activate_info",
        [(64, 2)] = "security_policy",
        [(64, 3)] = "security_suite",
        [(70, 2)] = "output_state",
        [(70, 3)] = "control_state",
        [(70, 4)] = "control_mode",
    };

    private static readonly Dictionary<(int ClassId, int Id), string> Methods = new()
    {
        [(3, 1)] = "reset",
        [(4, 1)] = "reset",
        [(7, 1)] = "reset",
        [(7, 2)] = "capture",
        [(8, 4)] = "adjust_to_preset_time",
        [(8, 5)] = "preset_adjusting_time",
        [(8, 6)] = "shift_time",
        [(9, 1)] = "execute",
        [(11, 1)] = "insert",
        [(11, 2)] = "delete",
        [(15, 1)] = "reply_to_HLS_authentication",
        [(15, 2)] = "change_HLS_secret",
        [(18, 1)] = "image_transfer_initiate",
        [(18, 2)] = "image_block_transfer",
        [(18, 3)] = "image_verify",
        [(18, 4)] = "image_activate",
        [(20, 1)] = "activate_passive_calendar",
        [(40, 1)] = "push",
        [(64, 1)] = "security_activate",
        [(64, 2)] = "key_transfer",
        [(70, 1)] = "remote_disconnect",
        [(70, 2)] = "remote_reconnect",
        [(112, 1)] = "update_amount",
        [(112, 2)] = "set_amount_to_value",
        [(112, 3)] = "invoke_credit",
        [(115, 1)] = "enter",
    };

    private static readonly Dictionary<string, string> Objects = new()
    {
        ["0-0:1.0.0.255"] = "clock",
        ["0-0:40.0.0.255"] = "current association",
        ["0-0:41.0.0.255"] = "SAP assignment",
        ["0-0:42.0.0.255"] = "logical device name",
        ["0-0:43.0.0.255"] = "security setup",
        ["0-0:43.1.0.255"] = "invocation counter",
        ["0-0:44.0.0.255"] = "image transfer",
        ["0-0:96.1.0.255"] = "device id",
        ["0-0:96.3.10.255"] = "supply switch",
        ["0-0:10.0.106.255"] = "supply scripts",
        ["0-0:13.0.0.255"] = "activity calendar",
        ["0-0:11.0.0.255"] = "special days",
        ["0-0:19.0.0.255"] = "account",
        ["0-0:19.10.0.255"] = "meter balance",
        ["0-0:19.40.0.255"] = "token gateway",
        ["0-0:22.0.0.255"] = "HDLC setup",
        ["1-0:0.2.0.255"] = "firmware active",
        ["0-0:0.2.1.255"] = "firmware version",
        ["1-0:1.8.0.255"] = "active energy import total",
        ["1-0:2.8.0.255"] = "active energy export total",
        ["1-0:3.8.0.255"] = "reactive energy import total",
        ["1-0:4.8.0.255"] = "reactive energy export total",
        ["1-0:1.7.0.255"] = "active power import",
        ["1-0:32.7.0.255"] = "voltage",
        ["1-0:31.7.0.255"] = "current",
        ["1-0:99.1.0.255"] = "load profile",
        ["0-0:99.98.0.255"] = "event log",
    };

    /// <summary>The class's name, such as <c>class 3 Register</c>.</summary>
    public static string Class(int classId)
    {
        string name = classId switch
        {
            1 => " Data",
            3 => " Register",
            4 => " Extended register",
            5 => " Demand register",
            6 => " Register activation",
            7 => " Profile generic",
            8 => " Clock",
            9 => " Script table",
            10 => " Schedule",
            11 => " Special days table",
            15 => " Association LN",
            17 => " SAP assignment",
            18 => " Image transfer",
            19 => " IEC local port setup",
            20 => " Activity calendar",
            21 => " Register monitor",
            22 => " Single action schedule",
            23 => " IEC HDLC setup",
            40 => " Push setup",
            64 => " Security setup",
            70 => " Disconnect control",
            71 => " Limiter",
            104 => " ZigBee network control",
            111 => " Account",
            112 => " Credit",
            113 => " Charge",
            115 => " Token gateway",
            _ => "",
        };
        return $"class {classId}{name}";
    }

    /// <summary>The attribute's number and name, such as <c>attribute 2 value</c>.</summary>
    public static string Attribute(int classId, int id) =>
        $"attribute {id}{(id == 1 ? " logical_name" : Attributes.TryGetValue((classId, id), out string? name) ? " " + name : "")}";

    /// <summary>The method's number and name, such as <c>method 1 remote_disconnect</c>.</summary>
    public static string Method(int classId, int id) =>
        $"method {id}{(Methods.TryGetValue((classId, id), out string? name) ? " " + name : "")}";

    /// <summary>The object's name in brackets after a space, or nothing.</summary>
    public static string Object(ObisCode name)
    {
        if (name.A == 1 && name.B == 0 && name.C == 1 && name.D == 8 && name.E > 0 && name.F == 255)
        {
            return $" (active energy import, tariff {name.E})";
        }

        return Objects.TryGetValue(name.ToString(), out string? known) ? $" ({known})" : "";
    }
}
