/* GNOME's object system, as its users have it: a type with one integer, and
 * functions that check what they are given. */
#include <glib-object.h>

typedef struct {
    GObject parent;
    gint value;
} PeerObject;
typedef struct {
    GObjectClass parent;
} PeerObjectClass;

static GType peer_object_get_type(void);
G_DEFINE_TYPE(PeerObject, peer_object, G_TYPE_OBJECT)

static void peer_object_class_init(PeerObjectClass *class) {
    (void)class;
}

static void peer_object_init(PeerObject *object) {
    object->value = 0;
}

void *peer_new(void) {
    return g_object_new(peer_object_get_type(), NULL);
}

void peer_ref(void *object) {
    g_object_ref(object);
}

void peer_unref(void *object) {
    g_object_unref(object);
}

int32_t peer_value(void *object) {
    g_return_val_if_fail(
        G_TYPE_CHECK_INSTANCE_TYPE(object, peer_object_get_type()), 0);
    return g_atomic_int_get(&((PeerObject *)object)->value);
}

int peer_nothing(int x) {
    return x;
}
