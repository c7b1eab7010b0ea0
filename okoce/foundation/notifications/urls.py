from django.urls import path

from okoce.foundation.notifications import views

urlpatterns = [path("webhook/whatsapp", views.whatsapp_webhook, name="whatsapp_webhook")]
